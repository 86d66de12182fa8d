package standin.aws;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.HexFormat;

/**
 * Fingerprints of RSA keys as EC2 shows them: SHA-1 of the PKCS#8 private key for keys that EC2 made, MD5 of the public key
 * for imported ones (EC2 user guide, "Verify the fingerprint of your key pair").
 */
public final class Fingerprints {
    /** DER of an RSA AlgorithmIdentifier with the version in front of it, as PKCS#8 wraps a PKCS#1 key. */
    private static final byte[] RSA_IN_PKCS8 = HexFormat.of().parseHex("020100300d06092a864886f70d0101010500");

    private static final String OPENSSH_MAGIC = "openssh-key-v1";

    private Fingerprints() {}

    public static String ofPrivateKey(String pem) throws IOException {
        return digest("SHA-1", parse(pem).getEncoded());
    }

    public static String ofPublicKey(String pem) throws IOException {
        RSAPrivateCrtKey key = (RSAPrivateCrtKey) parse(pem);
        try {
            return digest(
                    "MD5",
                    KeyFactory.getInstance("RSA")
                            .generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent()))
                            .getEncoded());
        } catch (GeneralSecurityException problem) {
            throw new IOException(problem);
        }
    }

    private static String digest(String algorithm, byte[] bytes) throws IOException {
        try {
            return HexFormat.ofDelimiter(":").formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
        } catch (GeneralSecurityException problem) {
            throw new IOException(problem);
        }
    }

    private static PrivateKey parse(String pem) throws IOException {
        String base64 = pem.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
        try {
            byte[] bytes = Base64.getDecoder().decode(base64);
            KeyFactory factory = KeyFactory.getInstance("RSA");
            if (pem.contains("BEGIN OPENSSH PRIVATE KEY")) {
                return factory.generatePrivate(openSsh(bytes));
            }
            byte[] pkcs8 = pem.contains("BEGIN RSA PRIVATE KEY") ? wrap(bytes) : bytes;
            return factory.generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (GeneralSecurityException | IllegalArgumentException problem) {
            throw new IOException("This is no RSA private key that can be read: " + problem.getMessage());
        }
    }

    private static byte[] wrap(byte[] pkcs1) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.write(RSA_IN_PKCS8);
        content.write(der(0x04, pkcs1));
        return der(0x30, content.toByteArray());
    }

    private static byte[] der(int tag, byte[] content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (content.length < 128) {
            out.write(content.length);
        } else {
            byte[] length = BigInteger.valueOf(content.length).toByteArray();
            int start = length[0] == 0 ? 1 : 0;
            out.write(0x80 | (length.length - start));
            out.write(length, start, length.length - start);
        }
        out.write(content);
        return out.toByteArray();
    }

    /** An unencrypted RSA key in OpenSSH's format (OpenSSH, PROTOCOL.key). */
    private static RSAPrivateCrtKeySpec openSsh(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        in.skipBytes(OPENSSH_MAGIC.length() + 1);
        String cipher = new String(field(in), StandardCharsets.US_ASCII);
        if (!cipher.equals("none")) {
            throw new IOException("The key has a passphrase");
        }
        field(in);
        field(in);
        in.readInt();
        field(in);
        DataInputStream key = new DataInputStream(new ByteArrayInputStream(field(in)));
        key.readLong();
        String type = new String(field(key), StandardCharsets.US_ASCII);
        if (!type.equals("ssh-rsa")) {
            throw new IOException("The key is " + type + ", not RSA");
        }
        BigInteger modulus = new BigInteger(field(key));
        BigInteger publicExponent = new BigInteger(field(key));
        BigInteger exponent = new BigInteger(field(key));
        BigInteger coefficient = new BigInteger(field(key));
        BigInteger p = new BigInteger(field(key));
        BigInteger q = new BigInteger(field(key));
        return new RSAPrivateCrtKeySpec(
                modulus, publicExponent, exponent, p, q,
                exponent.mod(p.subtract(BigInteger.ONE)), exponent.mod(q.subtract(BigInteger.ONE)), coefficient);
    }

    private static byte[] field(DataInputStream in) throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return bytes;
    }
}
