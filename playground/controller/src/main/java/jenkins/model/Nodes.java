package jenkins.model;

import hudson.model.Computer;
import hudson.model.Node;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import standin.ConfigFile;

/** The agents, each with a file of its own, and the computer that runs each. */
public class Nodes {
    private final Path folder;
    private final Map<String, Computer> computers = new ConcurrentSkipListMap<>();

    Nodes(Path folder) {
        this.folder = folder;
    }

    void load() throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                if (file(entry.getFileName().toString()).read() instanceof Node node) {
                    computers.put(node.getNodeName(), node.createComputer());
                }
            }
        }
    }

    void add(Node node) throws IOException {
        save(node);
        computers.put(node.getNodeName(), node.createComputer());
    }

    public void save(Node node) throws IOException {
        file(node.getNodeName()).write(node);
    }

    void remove(Node node) throws IOException {
        Computer removed = computers.remove(node.getNodeName());
        if (removed != null) {
            removed.failBuilds();
        }
        Files.deleteIfExists(folder.resolve(node.getNodeName()).resolve("config.xml"));
        Files.deleteIfExists(folder.resolve(node.getNodeName()));
    }

    List<Node> list() {
        List<Node> nodes = new ArrayList<>();
        computers.values().forEach(computer -> nodes.add(computer.getNode()));
        return nodes;
    }

    List<Computer> computers() {
        return new ArrayList<>(computers.values());
    }

    Node get(String name) {
        Computer computer = computers.get(name);
        return computer == null ? null : computer.getNode();
    }

    private ConfigFile file(String name) {
        return new ConfigFile(folder.resolve(name).resolve("config.xml"), Jenkins.XSTREAM2);
    }
}
