package com.cloudbees.jenkins.plugins.sshcredentials;

import com.cloudbees.plugins.credentials.common.StandardCredentials;
import hudson.util.Secret;
import java.util.List;

/** A user name and a private key. */
public interface SSHUserPrivateKey extends StandardCredentials {
    String getUsername();

    String getPrivateKey();

    List<String> getPrivateKeys();

    Secret getPassphrase();
}
