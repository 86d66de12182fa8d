package standin.host;

import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;

/** The HTTP client of all AWS clients in this JVM: controllers and their lives share its connections. */
public final class AwsHttp {
    public static final SdkHttpClient CLIENT = ApacheHttpClient.create();

    private AwsHttp() {}
}
