package hudson.security;

import java.util.function.Supplier;

/** Who is asking, for the current thread. */
public final class ACL {
    /** A user as the stand-in knows one. */
    public record Identity(String name, boolean administrator) {
        public String getName() {
            return name;
        }
    }

    public static final Identity SYSTEM2 = new Identity("SYSTEM", true);
    public static final Identity SYSTEM = SYSTEM2;
    public static final Identity ANONYMOUS = new Identity("anonymous", false);

    private static final ThreadLocal<Identity> CURRENT = ThreadLocal.withInitial(() -> SYSTEM2);

    private ACL() {}

    public static Identity current() {
        return CURRENT.get();
    }

    public static <T> T runAs(Identity identity, Supplier<T> action) {
        Identity before = CURRENT.get();
        CURRENT.set(identity);
        try {
            return action.get();
        } finally {
            CURRENT.set(before);
        }
    }
}
