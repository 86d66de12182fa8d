package com.cloudbees.plugins.credentials.domains;

import java.util.Objects;

/** A group of credentials. */
public final class Domain {
    private static final Domain GLOBAL = new Domain(null, null, null);

    private final String name;
    private final String description;

    public Domain(String name, String description, Object specifications) {
        this.name = name;
        this.description = description;
    }

    public static Domain global() {
        return GLOBAL;
    }

    public String getName() {
        return name;
    }

    public String getDescription() {
        return description;
    }

    public boolean isGlobal() {
        return name == null;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Domain domain && Objects.equals(name, domain.name);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(name);
    }
}
