using NovaDocker.Domain.Common;
using NovaDocker.Domain.Images;
using NovaDocker.Domain.Instances;

namespace NovaDocker.Actors.Images;

/// <summary>Which of the images that a reference fits is meant, or why none can be.</summary>
internal sealed class ImageChoice(ResolveImage resolve)
{
    /// <summary>The answer: <see cref="ImageDescription"/> or <see cref="InstanceProtocol.Refused"/>.</summary>
    public object Of(IReadOnlyList<ImageDescription> found) => found switch
    {
        [var one] => ImageUse.Problem(one) is { } problem ? Refusal(CodeOf(problem), problem.Message) : one,
        [] => Refusal(
            RefusalCode.ImageNotFound,
            $"No image has the id or name '{resolve.Reference}'; the images there are can be listed."),
        _ => Refusal(
            RefusalCode.InvalidArgument,
            $"{found.Count} images are called '{resolve.Reference}'; give the id of one: "
            + string.Join(", ", found.Select(candidate => candidate.Id)) + "."),
    };

    private InstanceProtocol.Refused Refusal(RefusalCode code, string reason) => new(resolve.InstanceId ?? default, code, reason);

    private static RefusalCode CodeOf(Fault problem) =>
        problem.Code == FaultCode.NotFound ? RefusalCode.ImageNotFound : RefusalCode.InvalidArgument;
}
