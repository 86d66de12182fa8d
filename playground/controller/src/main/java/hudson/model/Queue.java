package hudson.model;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import jenkins.model.Jenkins;

/** Builds of the stand-in: each waits for an agent of its label and keeps an executor busy for its time. */
public class Queue {
    /** The states of a build. */
    public enum State {
        WAITING,
        RUNNING,
        DONE,
        FAILURE
    }

    /** What a build does, by the members of Jenkins' own {@code Queue.Task}. */
    public record Task(String name, String url) {
        public String getFullDisplayName() {
            return name;
        }

        /** Relative to the controller's address. */
        public String getUrl() {
            return url;
        }
    }

    /** One build. */
    public static final class Build {
        public final int id;
        public final String label;
        public final double seconds;
        public volatile State state = State.WAITING;
        public volatile String agent;
        private final long inQueueSince = System.currentTimeMillis();
        volatile long endsAtMillis;

        Build(int id, String label, double seconds) {
            this.id = id;
            this.label = label;
            this.seconds = seconds;
        }

        public int getId() {
            return id;
        }

        /** What there is to do, as {@code Queue.Item.task} gives it. */
        public Task getTask() {
            return new Task("build " + id, "job/build-" + id + "/");
        }

        /** When the build began to wait, in milliseconds since 1970. */
        public long getInQueueSince() {
            return inQueueSince;
        }

        /** The label that the agent has to have. */
        public Label getAssignedLabel() {
            return label == null || label.isEmpty() ? null : Jenkins.get().getLabel(label);
        }

        /** Whether nothing but an executor is missing. */
        public boolean isBuildable() {
            return state == State.WAITING;
        }

        @Override
        public String toString() {
            return "build " + id;
        }
    }

    private final AtomicInteger ids = new AtomicInteger();
    private final List<Build> builds = new CopyOnWriteArrayList<>();

    public Build schedule(String label, double seconds) {
        Build build = new Build(ids.incrementAndGet(), label, seconds);
        builds.add(build);
        return build;
    }

    /** All builds since the start, finished ones too. */
    public List<Build> builds() {
        return builds;
    }

    /** The waiting builds, as {@code Queue.getItems()} gives them. */
    public Build[] getItems() {
        return builds.stream().filter(build -> build.state == State.WAITING).toArray(Build[]::new);
    }

    public boolean isEmpty() {
        return getItems().length == 0;
    }
}
