package hudson.slaves;

import hudson.model.User;

/** Why an agent is offline. The node keeps the cause, over a restart as well. */
public abstract class OfflineCause {
    private final long timestamp = System.currentTimeMillis();

    /** In milliseconds since 1970. */
    public long getTimestamp() {
        return timestamp;
    }

    /** A user took the agent offline. */
    public static class UserCause extends OfflineCause {
        private final String userId;
        private final String message;

        public UserCause(User user, String message) {
            this.userId = user == null ? "anonymous" : user.getId();
            this.message = message;
        }

        /** As Jenkins' {@code SlaveComputer.DisconnectedBy}. */
        @Override
        public String toString() {
            return "Disconnected by " + userId + (message == null ? "" : " : " + message);
        }
    }

    /** A user or a script took the agent offline. */
    public static class ByCLI extends UserCause {
        public final String message;

        public ByCLI(String message) {
            super(User.current(), message);
            this.message = message;
        }
    }
}
