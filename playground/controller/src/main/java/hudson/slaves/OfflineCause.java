package hudson.slaves;

/** Why an agent is offline. */
public abstract class OfflineCause {
    /** Said by a person or a script. */
    public static class ByCLI extends OfflineCause {
        public final String message;

        public ByCLI(String message) {
            this.message = message;
        }

        @Override
        public String toString() {
            return message;
        }
    }

    /** Said by a user. */
    public static class UserCause extends ByCLI {
        public UserCause(Object user, String message) {
            super(message);
        }
    }

    public static OfflineCause create(Object message) {
        return new ByCLI(String.valueOf(message));
    }
}
