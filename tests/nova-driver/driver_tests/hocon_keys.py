# Licensed under the Apache License, Version 2.0; see the LICENSE file of NovaDocker.Actors.
"""The paths in a HOCON file, for as much of HOCON as the node's reference.conf has; anything else is an error."""

import re

_TOKEN = re.compile(r'''
    (?P<blank> [ \t]+ | \#[^\n]* ) |
    (?P<sign> [{}\[\]=,\n] ) |
    (?P<text> "(?: [^"\\\n] | \\. )*" ) |
    (?P<word> [\w.-]+ )
''', re.VERBOSE)


def paths(text):
    """The full path of each block and each value."""
    reader = _Reader(text)
    found = set()
    reader.members('', None, found)
    return found


class _Reader:
    """Blocks ``a { }`` and ``a.b { }``, values ``a = v``, lists; one member a line, or several with commas."""

    def __init__(self, text):
        self._tokens = []
        at = 0
        while at < len(text):
            token = _TOKEN.match(text, at)
            if not token:
                raise ValueError('Not understood: %r' % text[at:at + 40])
            if token.lastgroup != 'blank':
                self._tokens.append((token.lastgroup, token.group()))
            at = token.end()
        self._tokens.reverse()

    def members(self, prefix, end, found):
        """The members of a block, up to the sign that ends it."""
        self._skip('\n')
        while self._next() != end:
            path = prefix + self._take('word')
            found.add(path)
            if self._next() == '{':
                self._block(path + '.', found)
            else:
                self._take('sign', '=')
                self._value(path + '.', found)
            if self._next() != end:
                self._take('sign', '\n', ',')
            self._skip('\n')

    def _block(self, prefix, found):
        self._take('sign', '{')
        self.members(prefix, '}', found)
        self._take('sign', '}')

    def _value(self, prefix, found):
        if self._next() == '{':
            self._block(prefix, found)
        elif self._next() == '[':
            self._list()
        elif self._tokens and self._tokens[-1][0] == 'text':
            self._take('text')
        else:
            self._take('word')

    def _list(self):
        self._take('sign', '[')
        self._skip('\n')
        while self._next() != ']':
            self._value('', set())
            self._skip('\n')
            if self._next() != ']':
                self._take('sign', ',')
            self._skip('\n')
        self._take('sign', ']')

    def _next(self):
        return self._tokens[-1][1] if self._tokens else None

    def _skip(self, sign):
        while self._next() == sign:
            self._tokens.pop()

    def _take(self, kind, *signs):
        found_kind, found = self._tokens.pop() if self._tokens else ('end', 'the end')
        if found_kind != kind or (signs and found not in signs):
            raise ValueError('%r where %s is expected' % (found, ' or '.join(map(repr, signs)) or kind))
        return found
