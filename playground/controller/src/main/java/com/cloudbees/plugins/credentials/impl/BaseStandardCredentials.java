package com.cloudbees.plugins.credentials.impl;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.common.IdCredentials;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import java.util.UUID;

/** Base of credentials. Two are equal when their ids are: what they hold does not count. */
public abstract class BaseStandardCredentials implements StandardCredentials {
    private final CredentialsScope scope;
    private final String id;
    private final String description;

    protected BaseStandardCredentials(CredentialsScope scope, String id, String description) {
        this.scope = scope;
        this.id = id == null || id.isEmpty() ? UUID.randomUUID().toString() : id;
        this.description = description == null ? "" : description;
    }

    @Override
    public CredentialsScope getScope() {
        return scope;
    }

    @Override
    public String getId() {
        return id;
    }

    @Override
    public String getDescription() {
        return description;
    }

    @Override
    public final boolean equals(Object other) {
        return other instanceof IdCredentials credential && id.equals(credential.getId());
    }

    @Override
    public final int hashCode() {
        return id.hashCode();
    }
}
