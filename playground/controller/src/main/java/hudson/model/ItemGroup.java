package hudson.model;

/** Something that holds jobs: here, only the controller itself. */
public interface ItemGroup {
    String getFullName();
}
