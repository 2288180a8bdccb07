# Runs single suites for run.sh, which sources this, and adds what came out to its sums.
# shellcheck shell=bash

# The suite of the Nova driver.
readonly driver_suite=nova-driver

# counter NAME FILE: one number from the Counters element of a test result file (trx).
counter() { sed -n "s/.*<Counters [^>]*\b$1=\"\([0-9]*\)\".*/\1/p" "$2"; }

# skipped_tests FILE: the skipped tests of a test result file, one a line, with the first line of the reason.
skipped_tests() {
    awk '
        /<UnitTestResult / {
            skipped = /outcome="NotExecuted"/
            name = $0
            sub(/.*testName="/, "", name)
            sub(/".*/, "", name)
        }
        skipped && /<Message>/ {
            reason = $0
            sub(/.*<Message>/, "", reason)
            sub(/<\/Message>.*/, "", reason)
            print "    " name ": " reason
            skipped = 0
        }' "$1" | sed 's/&lt;/</g; s/&gt;/>/g; s/&quot;/"/g; s/&#xD;//g; s/&amp;/\&/g'
}

# run_suite PROJECT: runs one suite and adds what came out to the sums.
run_suite() {
    local name results code=0 total executed suite_passed
    name=$(basename -- "$1" .csproj)
    results=$work/results/$name.trx
    say "$name"
    dotnet test "$1" --no-build --configuration Release --nologo --verbosity quiet \
        --logger 'console;verbosity=minimal' --logger "trx;LogFileName=$name.trx" --results-directory "$work/results" \
        --blame-hang-timeout 10m --blame-hang-dump-type none ${filter:+--filter "$filter"} || code=$?
    total=0 executed=0 suite_passed=0
    if [[ -s $results ]]; then
        total=$(counter total "$results")
        executed=$(counter executed "$results")
        suite_passed=$(counter passed "$results")
        skipped_tests "$results" >>"$work/skipped"
    fi
    passed=$((passed + suite_passed))
    failed=$((failed + executed - suite_passed))
    skipped=$((skipped + total - executed))
    if ((code != 0 && executed == suite_passed)); then
        broken+=("$name ended with code $code, though no test failed")
    elif ((total == 0)) && [[ -z $filter ]]; then
        broken+=("$name ran no test")
    fi
}

# run_driver_suite: the same for the tests of the Nova driver, whose last line is a sum like this one's.
run_driver_suite() {
    local code=0 sum
    say "$driver_suite"
    start_driver_node
    bash "$repository/tests/nova-driver/run.sh" >"$work/$driver_suite.log" 2>&1 || code=$?
    stop_driver_node
    cat -- "$work/$driver_suite.log"
    sum=$(tail -n 1 -- "$work/$driver_suite.log")
    if [[ $sum =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed,\ ([0-9]+)\ skipped$ ]]; then
        passed=$((passed + BASH_REMATCH[1]))
        failed=$((failed + BASH_REMATCH[2]))
        skipped=$((skipped + BASH_REMATCH[3]))
        sed -n 's/^    skipped \([0-9]*\): /    \1 of '"$driver_suite"': /p' "$work/$driver_suite.log" >>"$work/skipped"
        ((code == 0 || BASH_REMATCH[2] > 0)) || broken+=("$driver_suite ended with code $code, though no test failed")
    else
        broken+=("$driver_suite ended with code $code and without a sum")
    fi
}
