package com.cloudbees.plugins.credentials;

/** Chooses credentials. */
@FunctionalInterface
public interface CredentialsMatcher {
    boolean matches(Credentials credentials);
}
