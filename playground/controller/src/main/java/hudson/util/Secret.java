package hudson.util;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A value that is encrypted on disk. Jenkins encrypts with AES-CBC and several keys; the stand-in with AES-GCM and one key
 * of the controller's own, kept in its home. The text is another one at each encryption, as in Jenkins.
 */
public final class Secret implements Serializable {
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private static volatile SecretKeySpec key;

    private final String value;

    private Secret(String value) {
        this.value = value;
    }

    /** Sets the controller's key: 32 bytes. */
    public static void useKey(byte[] bytes) {
        key = new SecretKeySpec(bytes, "AES");
    }

    /** A secret of this text, which may be one of {@link #getEncryptedValue()}. */
    public static Secret fromString(String text) {
        return decrypt(text).orElseGet(() -> new Secret(text == null ? "" : text));
    }

    /** The plain text, null for null. */
    public static String toString(Secret secret) {
        return secret == null ? null : secret.value;
    }

    public String getPlainText() {
        return value;
    }

    public String getEncryptedValue() {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        byte[] encrypted = run(Cipher.ENCRYPT_MODE, nonce, value.getBytes(StandardCharsets.UTF_8), 0);
        byte[] whole = new byte[nonce.length + encrypted.length];
        System.arraycopy(nonce, 0, whole, 0, nonce.length);
        System.arraycopy(encrypted, 0, whole, nonce.length, encrypted.length);
        return "{" + Base64.getEncoder().encodeToString(whole) + "}";
    }

    public static Optional<Secret> decrypt(String text) {
        if (text == null || text.length() < 40 || !text.startsWith("{") || !text.endsWith("}")) {
            return Optional.empty();
        }
        try {
            byte[] whole = Base64.getDecoder().decode(text.substring(1, text.length() - 1));
            byte[] nonce = java.util.Arrays.copyOf(whole, NONCE_BYTES);
            byte[] plain = run(Cipher.DECRYPT_MODE, nonce, whole, NONCE_BYTES);
            return Optional.of(new Secret(new String(plain, StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException | IllegalStateException notOurs) {
            return Optional.empty();
        }
    }

    private static byte[] run(int mode, byte[] nonce, byte[] input, int offset) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            return cipher.doFinal(input, offset, input.length - offset);
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException("The controller's key does not fit", failure);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && value.equals(secret.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    /** The plain text, as in Jenkins, where this is deprecated and warned about. */
    @Override
    @Deprecated
    public String toString() {
        return value;
    }
}
