package standin.agents;

import hudson.model.Computer;
import hudson.model.Queue;
import hudson.model.labels.LabelAtom;
import hudson.plugins.ec2.EC2Computer;
import hudson.slaves.Cloud;
import hudson.slaves.NodeProvisioner.PlannedNode;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import standin.host.ControllerOptions;

/** Looks after builds and agents: gives builds to agents, asks clouds for more, retires what is idle. */
public final class AgentWatch {
    private static final Logger LOGGER = Logger.getLogger(AgentWatch.class.getName());

    /** When not all agents came that a label asked for, it asks again after so many plugin minutes, without end. */
    private static final double PAUSE_MINUTES = 0.3;

    /** {@code EC2SlaveMonitor}'s period. */
    private static final int MONITOR_MINUTES = 10;

    private final ControllerOptions options;
    private final Retirement retirement;
    private final ScheduledExecutorService agents;
    private final ScheduledExecutorService clouds;
    private final Map<String, Long> pausedUntilMillis = new ConcurrentHashMap<>();
    private final AtomicBoolean minimumsAreDue = new AtomicBoolean(true);

    public AgentWatch(ControllerOptions options) {
        this.options = options;
        this.retirement = new Retirement(options.minuteSeconds());
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
        long millis = Math.max(100, Math.min(1000, (long) (options.minuteSeconds() * 1000 / 20)));
        agents.scheduleWithFixedDelay(() -> guarded(this::lookAfterAgents), millis, millis, TimeUnit.MILLISECONDS);
        clouds.scheduleWithFixedDelay(() -> guarded(this::askClouds), millis, millis, TimeUnit.MILLISECONDS);
        long monitorMillis = (long) (MONITOR_MINUTES * options.minuteSeconds() * 1000);
        agents.scheduleWithFixedDelay(
                () -> guarded(this::monitor), monitorMillis, monitorMillis, TimeUnit.MILLISECONDS);
        Jenkins.get().onSave(() -> minimumsAreDue.set(true));
    }

    public void stop() {
        agents.shutdownNow();
        clouds.shutdownNow();
    }

    private void guarded(Runnable look) {
        try {
            look.run();
        } catch (RuntimeException problem) {
            LOGGER.log(Level.WARNING, "Looking after the agents of " + options.name() + " failed", problem);
        }
    }

    private void monitor() {
        forEachAgent(retirement::monitor);
        minimumsAreDue.set(true);
    }

    private void forEachAgent(Consumer<EC2Computer> action) {
        for (Computer computer : Jenkins.get().getComputers()) {
            if (computer instanceof EC2Computer agent) {
                guarded(() -> action.accept(agent));
            }
        }
    }

    private void lookAfterAgents() {
        forEachAgent(retirement::look);
        Arrays.stream(Jenkins.get().getComputers())
                .filter(computer -> !(computer instanceof EC2Computer))
                .forEach(Computer::endBuilds);
        if (!Jenkins.get().isQuietingDown()) {
            giveBuilds();
        }
    }

    private void giveBuilds() {
        for (Queue.Build build : Jenkins.get().getQueue().getItems()) {
            Arrays.stream(Jenkins.get().getComputers())
                    .filter(computer -> takes(computer, build))
                    .filter(computer -> computer.run(build))
                    .findFirst()
                    .filter(EC2Computer.class::isInstance)
                    .ifPresent(computer -> accepted((EC2Computer) computer));
        }
    }

    private void accepted(EC2Computer agent) {
        retirement.accepted(agent);
        if (!agent.isAcceptingTasks() && Behaviour.CHECKS_MINIMUM_WHEN_USED_UP.applies()) {
            minimumsAreDue.set(true);
        }
    }

    private static boolean takes(Computer computer, Queue.Build build) {
        return build.label == null
                ? computer.getNode().getMode() != hudson.model.Node.Mode.EXCLUSIVE
                : Jenkins.get().getLabel(build.label).matches(computer.getNode());
    }

    private void askClouds() {
        if (Jenkins.get().isQuietingDown()) {
            return;
        }
        if (minimumsAreDue.getAndSet(false)) {
            guarded(MinimumInstances::check);
        }
        Arrays.stream(Jenkins.get().getQueue().getItems())
                .map(build -> Optional.ofNullable(build.label))
                .distinct()
                .forEach(label -> guarded(() -> ask(label.orElse(null))));
    }

    private void ask(String label) {
        LabelAtom atom = label == null ? null : new LabelAtom(label);
        // Agents first, then builds: a build that is given to an agent in between must not look as if it had none.
        int coming = Arrays.stream(Jenkins.get().getComputers())
                .filter(computer -> computer.isConnecting() || computer.isOnline() && computer.isAcceptingTasks())
                .filter(computer -> atom == null || computer.getNode().getAssignedLabels().contains(atom))
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
        List<Cloud> able = Jenkins.get().clouds.toList().stream().filter(cloud -> cloud.canProvision(atom)).toList();
        for (Cloud cloud : able) {
            Collection<PlannedNode> planned = cloud.provision(atom, excess);
            excess -= planned.stream().mapToInt(node -> node.numExecutors).sum();
            if (planned.isEmpty() || planned.stream().anyMatch(AgentWatch::failed)) {
                pausedUntilMillis.put(
                        key, System.currentTimeMillis() + (long) (PAUSE_MINUTES * options.minuteSeconds() * 1000));
            }
            if (excess <= 0) {
                return;
            }
        }
    }

    private static boolean failed(PlannedNode planned) {
        try {
            return planned.future.get() == null;
        } catch (InterruptedException | ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
