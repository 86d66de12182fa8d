package com.cloudbees.plugins.credentials.domains;

/** What a use asks of a domain. The stand-in ignores it. */
public class DomainRequirement {}
