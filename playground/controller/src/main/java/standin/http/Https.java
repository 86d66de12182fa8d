package standin.http;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import standin.host.ControllerOptions;

/** HTTPS from PEM files; with an authority for clients, a client without a certificate of it is refused. */
final class Https {
    private static final char[] NO_PASSWORD = new char[0];

    private Https() {}

    static HttpServer create(InetSocketAddress address, ControllerOptions.Tls tls) throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys(tls), trusted(tls.clientAuthority()), null);
            HttpsServer server = HttpsServer.create(address, 0);
            server.setHttpsConfigurator(new HttpsConfigurator(context) {
                @Override
                public void configure(HttpsParameters parameters) {
                    SSLParameters chosen = context.getDefaultSSLParameters();
                    chosen.setNeedClientAuth(tls.clientAuthority() != null);
                    parameters.setSSLParameters(chosen);
                }
            });
            return server;
        } catch (GeneralSecurityException problem) {
            throw new IOException("The TLS files of the stand-in cannot be used: " + problem.getMessage(), problem);
        }
    }

    private static javax.net.ssl.KeyManager[] keys(ControllerOptions.Tls tls)
            throws GeneralSecurityException, IOException {
        KeyStore store = emptyStore();
        store.setKeyEntry(
                "server", privateKey(tls.key()), NO_PASSWORD, certificates(tls.certificate()).toArray(new Certificate[0]));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    private static TrustManager[] trusted(Path authority) throws GeneralSecurityException, IOException {
        if (authority == null) {
            return null;
        }
        KeyStore store = emptyStore();
        for (Certificate certificate : certificates(authority)) {
            store.setCertificateEntry("authority-" + store.size(), certificate);
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        return store;
    }

    private static Collection<? extends Certificate> certificates(Path pem) throws GeneralSecurityException, IOException {
        return CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(Files.readAllBytes(pem)));
    }

    private static PrivateKey privateKey(Path pem) throws GeneralSecurityException, IOException {
        String text = Files.readString(pem);
        if (!text.contains("BEGIN PRIVATE KEY")) {
            throw new IOException(pem + ": a PKCS#8 key is needed (BEGIN PRIVATE KEY)");
        }
        byte[] bytes = Base64.getMimeDecoder().decode(text.replaceAll("-----[A-Z ]+-----", ""));
        PKCS8EncodedKeySpec specification = new PKCS8EncodedKeySpec(bytes);
        try {
            return KeyFactory.getInstance("RSA").generatePrivate(specification);
        } catch (GeneralSecurityException notRsa) {
            return KeyFactory.getInstance("EC").generatePrivate(specification);
        }
    }
}
