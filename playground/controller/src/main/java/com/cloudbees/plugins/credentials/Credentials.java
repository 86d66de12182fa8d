package com.cloudbees.plugins.credentials;

/** A credential. */
public interface Credentials {
    CredentialsScope getScope();
}
