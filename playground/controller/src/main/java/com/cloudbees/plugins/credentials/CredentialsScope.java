package com.cloudbees.plugins.credentials;

/** Who may use a credential. */
public enum CredentialsScope {
    SYSTEM,
    GLOBAL,
    USER
}
