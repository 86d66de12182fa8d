package com.cloudbees.jenkins.plugins.sshcredentials.impl;

import com.cloudbees.jenkins.plugins.sshcredentials.SSHUserPrivateKey;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.impl.BaseStandardCredentials;
import hudson.model.AbstractDescribableImpl;
import hudson.util.Secret;
import java.util.List;
import org.kohsuke.stapler.DataBoundConstructor;

/** An SSH key entered directly. */
public class BasicSSHUserPrivateKey extends BaseStandardCredentials implements SSHUserPrivateKey {
    private final String username;
    private final Secret passphrase;
    private final PrivateKeySource privateKeySource;

    @DataBoundConstructor
    public BasicSSHUserPrivateKey(
            CredentialsScope scope,
            String id,
            String username,
            PrivateKeySource privateKeySource,
            String passphrase,
            String description) {
        super(scope, id, description);
        this.username = username;
        this.privateKeySource = privateKeySource;
        this.passphrase = passphrase == null || passphrase.isEmpty() ? null : Secret.fromString(passphrase);
    }

    @Override
    public String getUsername() {
        return username;
    }

    @Override
    public Secret getPassphrase() {
        return passphrase;
    }

    public PrivateKeySource getPrivateKeySource() {
        return privateKeySource;
    }

    @Override
    public List<String> getPrivateKeys() {
        return privateKeySource == null ? List.of() : privateKeySource.getPrivateKeys();
    }

    @Override
    public String getPrivateKey() {
        List<String> keys = getPrivateKeys();
        return keys.isEmpty() ? "" : keys.get(0);
    }

    /** Where the key comes from. */
    public abstract static class PrivateKeySource extends AbstractDescribableImpl<PrivateKeySource> {
        public abstract List<String> getPrivateKeys();
    }

    /** The key itself. */
    public static class DirectEntryPrivateKeySource extends PrivateKeySource {
        private final Secret privateKey;

        @DataBoundConstructor
        public DirectEntryPrivateKeySource(Secret privateKey) {
            this.privateKey = privateKey;
        }

        public DirectEntryPrivateKeySource(String privateKey) {
            this(Secret.fromString(privateKey));
        }

        public Secret getPrivateKey() {
            return privateKey;
        }

        @Override
        public List<String> getPrivateKeys() {
            String text = Secret.toString(privateKey);
            return text == null || text.isBlank() ? List.of() : List.of(text.split("\f"));
        }
    }
}
