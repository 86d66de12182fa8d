package com.cloudbees.plugins.credentials;

import com.cloudbees.plugins.credentials.domains.Domain;
import hudson.BulkChange;
import hudson.model.Saveable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import jenkins.model.Jenkins;
import standin.ConfigFile;
import standin.SaveFault;

/** The controller's own credentials, in credentials.xml. */
public class SystemCredentialsProvider implements Saveable {
    private static volatile SystemCredentialsProvider instance;

    private final ConfigFile file;
    private final Map<Domain, List<Credentials>> byDomain = new LinkedHashMap<>();
    private final AtomicInteger saves = new AtomicInteger();
    private final CredentialsStore store = new Store();

    /** One domain and its credentials, as credentials.xml holds them. */
    private static final class Entry {
        Domain domain;
        ArrayList<Credentials> credentials = new ArrayList<>();
    }

    /** What credentials.xml holds. */
    private static final class Content {
        ArrayList<Entry> domainCredentialsMap = new ArrayList<>();
    }

    /** Reads credentials.xml. Called once, before the controller is ready. */
    public SystemCredentialsProvider() throws IOException {
        var xstream = Jenkins.XSTREAM2;
        xstream.alias("com.cloudbees.plugins.credentials.SystemCredentialsProvider", Content.class);
        xstream.alias("entry", Entry.class);
        file = new ConfigFile(Jenkins.get().getRootDir().toPath().resolve("credentials.xml"), xstream);
        byDomain.put(Domain.global(), new ArrayList<>());
        if (file.read() instanceof Content content) {
            content.domainCredentialsMap.forEach(entry -> byDomain.put(entry.domain, entry.credentials));
        }
        instance = this;
    }

    public static SystemCredentialsProvider getInstance() {
        return instance;
    }

    public CredentialsStore getStore() {
        return store;
    }

    /** The live list of the global domain: whoever changes it calls {@link #save()}. */
    public List<Credentials> getCredentials() {
        return byDomain.get(Domain.global());
    }

    public Map<Domain, List<Credentials>> getDomainCredentialsMap() {
        return byDomain;
    }

    /** Every credential of every domain. */
    synchronized List<Credentials> all() {
        List<Credentials> all = new ArrayList<>();
        byDomain.values().forEach(all::addAll);
        return all;
    }

    @Override
    public synchronized void save() throws IOException {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        if (BulkChange.contains(this)) {
            return;
        }
        Content content = new Content();
        byDomain.forEach((domain, credentials) -> {
            Entry entry = new Entry();
            entry.domain = domain;
            entry.credentials.addAll(credentials);
            content.domainCredentialsMap.add(entry);
        });
        file.write(content);
        saves.incrementAndGet();
    }

    /** Stand-in only: what goes wrong with the next saves. */
    public SaveFault saveFault() {
        return file.fault();
    }

    /** Stand-in only: writes of credentials.xml since the start. */
    public int saves() {
        return saves.get();
    }

    private final class Store extends CredentialsStore {
        @Override
        public List<Domain> getDomains() {
            return List.copyOf(byDomain.keySet());
        }

        @Override
        public List<Credentials> getCredentials(Domain domain) {
            synchronized (SystemCredentialsProvider.this) {
                return List.copyOf(byDomain.getOrDefault(domain, List.of()));
            }
        }

        @Override
        public boolean addCredentials(Domain domain, Credentials credentials) throws IOException {
            synchronized (SystemCredentialsProvider.this) {
                List<Credentials> list = byDomain.computeIfAbsent(domain, none -> new ArrayList<>());
                if (list.contains(credentials)) {
                    return false;
                }
                list.add(credentials);
                save();
                return true;
            }
        }

        @Override
        public boolean removeCredentials(Domain domain, Credentials credentials) throws IOException {
            synchronized (SystemCredentialsProvider.this) {
                if (!byDomain.getOrDefault(domain, new ArrayList<>()).remove(credentials)) {
                    return false;
                }
                save();
                return true;
            }
        }

        @Override
        public boolean updateCredentials(Domain domain, Credentials current, Credentials replacement) throws IOException {
            synchronized (SystemCredentialsProvider.this) {
                List<Credentials> list = byDomain.getOrDefault(domain, List.of());
                int index = list.indexOf(current);
                if (index < 0) {
                    return false;
                }
                list.set(index, replacement);
                save();
                return true;
            }
        }

        @Override
        public boolean addDomain(Domain domain, List<Credentials> credentials) throws IOException {
            synchronized (SystemCredentialsProvider.this) {
                if (byDomain.containsKey(domain)) {
                    return false;
                }
                byDomain.put(domain, new ArrayList<>(credentials));
                save();
                return true;
            }
        }

        @Override
        public void save() throws IOException {
            SystemCredentialsProvider.this.save();
        }
    }
}
