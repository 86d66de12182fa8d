package com.cloudbees.plugins.credentials;

import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import hudson.model.ItemGroup;
import hudson.security.ACL;
import java.util.List;

/** Finds credentials. The stand-in has the system store only, and every look-up from the controller itself sees it all. */
public final class CredentialsProvider {
    private CredentialsProvider() {}

    public static <C extends Credentials> List<C> lookupCredentialsInItemGroup(
            Class<C> type, ItemGroup group, ACL.Identity authentication, List<DomainRequirement> requirements) {
        return lookupCredentials(type);
    }

    public static <C extends Credentials> List<C> lookupCredentials(
            Class<C> type, ItemGroup group, ACL.Identity authentication, List<DomainRequirement> requirements) {
        return lookupCredentials(type);
    }

    public static <C extends Credentials> List<C> lookupCredentials(Class<C> type) {
        return SystemCredentialsProvider.getInstance().all().stream()
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }
}
