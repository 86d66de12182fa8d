package com.cloudbees.jenkins.plugins.awscredentials;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.impl.BaseStandardCredentials;
import hudson.util.Secret;
import org.kohsuke.stapler.DataBoundConstructor;

/** An access key. */
public class AWSCredentialsImpl extends BaseStandardCredentials implements AmazonWebServicesCredentials {
    private final String accessKey;
    private final Secret secretKey;

    @DataBoundConstructor
    public AWSCredentialsImpl(CredentialsScope scope, String id, String accessKey, String secretKey, String description) {
        super(scope, id, description);
        this.accessKey = accessKey == null ? null : accessKey.trim();
        this.secretKey = Secret.fromString(secretKey);
    }

    public String getAccessKey() {
        return accessKey;
    }

    public Secret getSecretKey() {
        return secretKey;
    }

    public String getDisplayName() {
        return accessKey;
    }
}
