package com.cloudbees.plugins.credentials;

import com.cloudbees.plugins.credentials.common.IdCredentials;
import java.util.List;

/** Ways to choose credentials. */
public final class CredentialsMatchers {
    private CredentialsMatchers() {}

    public static CredentialsMatcher withId(String id) {
        return credentials -> credentials instanceof IdCredentials identified && identified.getId().equals(id);
    }

    public static <C extends Credentials> C firstOrNull(Iterable<C> credentials, CredentialsMatcher matcher) {
        for (C candidate : credentials) {
            if (matcher.matches(candidate)) {
                return candidate;
            }
        }
        return null;
    }

    public static <C extends Credentials> List<C> filter(List<C> credentials, CredentialsMatcher matcher) {
        return credentials.stream().filter(matcher::matches).toList();
    }
}
