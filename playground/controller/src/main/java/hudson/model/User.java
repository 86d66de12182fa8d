package hudson.model;

import hudson.security.ACL;

/** Who is asking. */
public record User(String id) {
    public String getId() {
        return id;
    }

    public static User current() {
        return ACL.current() == ACL.ANONYMOUS ? null : new User(ACL.current().name());
    }
}
