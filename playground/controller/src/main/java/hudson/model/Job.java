package hudson.model;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A job, as a Pipeline: it has no label of its own, and its builds name no agent. */
public class Job {
    private final String name;
    private final CopyOnWriteArrayList<Run> builds = new CopyOnWriteArrayList<>();

    public Job(String name) {
        this.name = name;
    }

    public String getFullName() {
        return name;
    }

    /** Newest first. */
    public List<Run> getBuilds() {
        return builds;
    }

    /** In Jenkins it is in memory: no build is loaded for it. */
    public int getNextBuildNumber() {
        return builds.isEmpty() ? 1 : builds.get(0).getNumber() + 1;
    }

    public Run getLastBuild() {
        return builds.isEmpty() ? null : builds.get(0);
    }

    /** The newest build whose number is at most this one. No build of the stand-in is ever deleted. */
    public Run getNearestOldBuild(int number) {
        int newest = builds.isEmpty() ? 0 : builds.get(0).getNumber();
        int at = Math.max(0, newest - number);
        return at < builds.size() ? builds.get(at) : null;
    }

    /** Stand-in only: what has been built, newest first. */
    public void setHistory(List<Run> history) {
        builds.clear();
        builds.addAll(history);
    }
}
