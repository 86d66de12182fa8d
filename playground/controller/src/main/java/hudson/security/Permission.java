package hudson.security;

/** Something that a user may do. The stand-in knows two kinds of user: the administrator, and one who reads. */
public record Permission(String group, String name, boolean readers) {
    public String getId() {
        return "hudson.model.Hudson." + name;
    }

    @Override
    public String toString() {
        return group + "/" + name;
    }
}
