package hudson.security;

/** Thrown by {@code checkPermission}. */
public class AccessDeniedException3 extends RuntimeException {
    public final transient Permission permission;

    public AccessDeniedException3(String user, Permission permission) {
        super(user + " is missing the " + permission + " permission");
        this.permission = permission;
    }
}
