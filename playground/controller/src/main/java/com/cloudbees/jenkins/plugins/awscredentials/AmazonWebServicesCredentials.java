package com.cloudbees.jenkins.plugins.awscredentials;

import com.cloudbees.plugins.credentials.common.StandardCredentials;

/** Credentials of AWS. */
public interface AmazonWebServicesCredentials extends StandardCredentials {}
