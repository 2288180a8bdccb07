using NovaDocker.Node;

return await NodeCommand.Create().Parse(args).InvokeAsync();
