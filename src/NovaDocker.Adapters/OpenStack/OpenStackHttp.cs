using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using NovaDocker.Actors.Images;
using NovaDocker.Domain.Common;
using Polly;
using Polly.Retry;

namespace NovaDocker.Adapters.OpenStack;

/// <summary>
/// Requests to OpenStack's services: over TLS that is verified, with a limit to the wait, and repeated where that can do no
/// harm. Failures are <see cref="ImageStoreException"/>.
/// </summary>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class OpenStackHttp : IDisposable
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ConnectionLife = TimeSpan.FromMinutes(2);

    /// <summary>
    /// How long a service that was asked to may take to say that it wants the bytes of an upload, or refuses them, before they are
    /// sent all the same: some never say the former. Bytes that were sent in vain cost an upload its repetition with another token.
    /// </summary>
    private static readonly TimeSpan ExpectationTime = TimeSpan.FromSeconds(5);

    private const long MaxAnswerBytes = 16 * 1024 * 1024;

    private readonly HttpClient _client;
    private readonly TimeSpan _connectTimeout;
    private readonly TimeSpan _requestTimeout;
    private readonly TimeProvider _time;
    private readonly ResiliencePipeline _repeating;

    /// <summary>Makes one.</summary>
    /// <exception cref="ImageStoreException">Invalid: the file of the authority cannot be used.</exception>
    public OpenStackHttp(OpenStackSettings settings, TimeProvider time)
    {
        _connectTimeout = settings.ConnectTimeout;
        _requestTimeout = settings.RequestTimeout;
        _time = time;
        var handler = new SocketsHttpHandler
        {
            ConnectTimeout = settings.ConnectTimeout,
            Expect100ContinueTimeout = ExpectationTime,
            PooledConnectionLifetime = ConnectionLife,
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
        };
        if (settings.CaFile is { } file)
        {
            handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
            };
            handler.SslOptions.CertificateChainPolicy.CustomTrustStore.AddRange(ReadAuthority(file));
        }

        // What may take long is watched by whoever moves the bytes.
        _client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        _repeating = settings.MaxAttempts == 1
            ? ResiliencePipeline.Empty
            : new ResiliencePipelineBuilder { TimeProvider = time }
                .AddRetry(new RetryStrategyOptions
                {
                    ShouldHandle = new PredicateBuilder().Handle<ImageStoreException>(e => e.ToFault().IsRetryable),
                    MaxRetryAttempts = settings.MaxAttempts - 1,
                    BackoffType = DelayBackoffType.Exponential,
                    UseJitter = true,
                    Delay = FirstWait,
                    MaxDelay = LongestWait,
                })
                .Build();
    }

    /// <summary>Carries something out that may be repeated, until it succeeds or was tried as often as is set.</summary>
    public ValueTask<T> RepeatAsync<T>(Func<CancellationToken, ValueTask<T>> work, CancellationToken cancellationToken) =>
        _repeating.ExecuteAsync(work, cancellationToken);

    /// <summary>Sends a request. The caller disposes the answer.</summary>
    /// <param name="action">What is to be done, as the beginning of an error message.</param>
    /// <param name="request">The request.</param>
    /// <param name="wait">What has to come within the limit.</param>
    /// <param name="cancellationToken">Calls it off.</param>
    public async Task<HttpResponseMessage> SendAsync(
        string action, HttpRequestMessage request, HttpWait wait, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(
            wait == HttpWait.ForAsLongAsItTakes ? Timeout.InfiniteTimeSpan : _requestTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token)
                .ConfigureAwait(false);
            // What says no is short, whatever was asked for.
            if (wait != HttpWait.ForHeaders || !response.IsSuccessStatusCode)
                await KeepAsync(response, either.Token).ConfigureAwait(false);
            return response;
        }
        catch (HttpRequestException e)
        {
            throw OpenStackErrors.NoAnswer(action, request.RequestUri!, e);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw limit.IsCancellationRequested
                ? OpenStackErrors.TooSlow(action, request.RequestUri!, _requestTimeout)
                : OpenStackErrors.NoConnection(action, request.RequestUri!, _connectTimeout);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    /// <summary>Reads the whole answer into memory, so that it comes within the limit or not at all.</summary>
    private static async Task KeepAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            await response.Content.LoadIntoBufferAsync(MaxAnswerBytes, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    private static X509Certificate2Collection ReadAuthority(string file)
    {
        try
        {
            var authority = new X509Certificate2Collection();
            authority.ImportFromPemFile(file);
            return authority.Count > 0 ? authority : throw new CryptographicException("The file holds no certificate.");
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new ImageStoreException(
                FaultCode.Invalid, $"novadocker.openstack.ca-file is '{file}', which cannot be used: {e.Message}", e);
        }
    }
}

/// <summary>What of an answer has to come within the limit to a request.</summary>
internal enum HttpWait
{
    /// <summary>All of it.</summary>
    ForAll,

    /// <summary>Its headers; the bytes that follow are watched by whoever reads them.</summary>
    ForHeaders,

    /// <summary>Nothing: the request has bytes to send, and whoever sends them watches over that.</summary>
    ForAsLongAsItTakes,
}
