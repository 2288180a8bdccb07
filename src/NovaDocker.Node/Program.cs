using System.CommandLine;
using NovaDocker.Node;

// SIGTERM is the host's: the command line's own handling would end the process two seconds after it, come what may.
return await NodeCommand.Create().Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
