package standin.http;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import standin.host.ControllerOptions;

/** HTTPS. */
final class Https {
    private Https() {}

    static HttpServer create(InetSocketAddress address, ControllerOptions.Tls tls) throws IOException {
        throw new IOException("not yet");
    }
}
