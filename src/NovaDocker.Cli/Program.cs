using NovaDocker.Cli;

return await CommandLine.RunAsync(args, CliHost.OfThisProcess(), CancellationToken.None).ConfigureAwait(false);
