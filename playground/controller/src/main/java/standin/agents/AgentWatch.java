package standin.agents;

import hudson.model.Computer;
import hudson.model.Label;
import hudson.model.Node;
import hudson.model.Queue;
import hudson.plugins.ec2.EC2Computer;
import hudson.slaves.Cloud;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import standin.host.ControllerOptions;

/** Gives builds to agents, asks clouds for agents, and looks after each agent's life. */
public final class AgentWatch {
    private static final Logger LOGGER = Logger.getLogger(AgentWatch.class.getName());

    /** A launch that failed is repeated about every 19 s, as measured with ec2 2059; in minutes of the plugin. */
    private static final double PAUSE_MINUTES = 0.3;

    private final ControllerOptions options;
    private final AgentLife life;
    private final ScheduledExecutorService agents;
    private final ScheduledExecutorService clouds;
    private final Map<String, Long> pausedUntilMillis = new ConcurrentHashMap<>();

    public AgentWatch(ControllerOptions options) {
        this.options = options;
        this.life = new AgentLife(options.minuteSeconds());
        this.agents = Executors.newSingleThreadScheduledExecutor(task -> thread(task, "agents"));
        this.clouds = Executors.newSingleThreadScheduledExecutor(task -> thread(task, "clouds"));
    }

    private Thread thread(Runnable task, String what) {
        Thread thread = new Thread(task, what + " of " + options.name());
        thread.setDaemon(true);
        thread.setContextClassLoader(getClass().getClassLoader());
        return thread;
    }

    public void start() {
        long millis = Math.max(100, Math.min(250, (long) (options.minuteSeconds() * 1000 / 20)));
        agents.scheduleWithFixedDelay(() -> guarded(this::lookAfterAgents), millis, millis, TimeUnit.MILLISECONDS);
        clouds.scheduleWithFixedDelay(() -> guarded(this::askClouds), millis, millis, TimeUnit.MILLISECONDS);
    }

    public void stop() {
        agents.shutdownNow();
        clouds.shutdownNow();
    }

    private void guarded(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException problem) {
            LOGGER.log(Level.WARNING, "Looking after the agents of " + options.name() + " failed", problem);
        }
    }

    private void lookAfterAgents() {
        Arrays.stream(Jenkins.get().getComputers()).forEach(Computer::endBuilds);
        forEachAgent(life::look);
        if (!Jenkins.get().isQuietingDown()) {
            giveBuilds();
        }
    }

    private void forEachAgent(Consumer<EC2Computer> action) {
        for (Computer computer : Jenkins.get().getComputers()) {
            if (computer instanceof EC2Computer agent) {
                guarded(() -> action.accept(agent));
            }
        }
    }

    private static void giveBuilds() {
        for (Queue.Build build : Jenkins.get().getQueue().getItems()) {
            Arrays.stream(Jenkins.get().getComputers())
                    .filter(computer -> takes(computer, build))
                    .filter(computer -> computer.run(build))
                    .findFirst();
        }
    }

    private static boolean takes(Computer computer, Queue.Build build) {
        return build.label == null
                ? computer.getNode().getMode() != Node.Mode.EXCLUSIVE
                : Jenkins.get().getLabel(build.label).matches(computer.getNode());
    }

    private void askClouds() {
        if (Jenkins.get().isQuietingDown()) {
            return;
        }
        Arrays.stream(Jenkins.get().getQueue().getItems())
                .map(build -> Optional.ofNullable(build.label))
                .distinct()
                .forEach(label -> guarded(() -> ask(label.orElse(null))));
    }

    private void ask(String label) {
        Label wanted = label == null ? null : Jenkins.get().getLabel(label);
        // Agents first, then builds: a build that is given to an agent in between must not look as if it had none.
        int coming = Arrays.stream(Jenkins.get().getComputers())
                .filter(computer -> computer.isConnecting() || computer.isOnline() && computer.isAcceptingTasks())
                .filter(computer -> wanted == null || wanted.matches(computer.getNode()))
                .mapToInt(Computer::countIdle)
                .sum();
        long waiting = Arrays.stream(Jenkins.get().getQueue().getItems())
                .filter(build -> Objects.equals(build.label, label))
                .count();
        int excess = (int) waiting - coming;
        String key = String.valueOf(label);
        if (excess <= 0 || pausedUntilMillis.getOrDefault(key, 0L) > System.currentTimeMillis()) {
            return;
        }
        for (Cloud cloud : Jenkins.get().clouds.toList()) {
            if (excess > 0 && cloud.canProvision(wanted)) {
                excess -= cloud.provision(wanted, excess).stream().mapToInt(planned -> planned.numExecutors).sum();
            }
        }
        if (excess > 0) {
            long pauseMillis = (long) (PAUSE_MINUTES * options.minuteSeconds() * 1000);
            pausedUntilMillis.put(key, System.currentTimeMillis() + pauseMillis);
        }
    }
}
