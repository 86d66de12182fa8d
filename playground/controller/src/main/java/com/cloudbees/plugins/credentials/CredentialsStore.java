package com.cloudbees.plugins.credentials;

import com.cloudbees.plugins.credentials.domains.Domain;
import java.io.IOException;
import java.util.List;

/** Where credentials are kept. */
public abstract class CredentialsStore {
    public abstract List<Domain> getDomains();

    public abstract List<Credentials> getCredentials(Domain domain);

    /** False, and no change, where one of that id exists. */
    public abstract boolean addCredentials(Domain domain, Credentials credentials) throws IOException;

    /** False, and no change, where there is none of that id. */
    public abstract boolean removeCredentials(Domain domain, Credentials credentials) throws IOException;

    /** Puts {@code replacement} in the place of {@code current}; false where {@code current} is not there. */
    public abstract boolean updateCredentials(Domain domain, Credentials current, Credentials replacement)
            throws IOException;

    public abstract boolean addDomain(Domain domain, List<Credentials> credentials) throws IOException;

    public abstract void save() throws IOException;
}
