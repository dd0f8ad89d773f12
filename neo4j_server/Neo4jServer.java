import java.nio.file.Path;

/**
 * Starts Neo4j Community from its embedded edition: Neo4jServer HOME PROPERTIES. It ends, cleanly, with its standard
 * input, so that a parent that dies takes the server along.
 *
 * Called by reflection: a JDK 17 cannot read the classes of Neo4j 2026, which are made for Java 21, but can compile
 * this file, and the result runs with every version.
 */
public final class Neo4jServer {
    private static final String BUILDER = "org.neo4j.dbms.api.DatabaseManagementServiceBuilder";
    private static final String SERVICE = "org.neo4j.dbms.api.DatabaseManagementService";

    public static void main(String[] words) throws Exception {
        Thread parent = new Thread(Neo4jServer::endWithTheParent);
        parent.setDaemon(true);
        parent.start();
        try {
            Object service = started(Path.of(words[0]), Path.of(words[1]));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> shutDown(service)));
        } catch (Exception failed) {
            failed.printStackTrace();
            System.err.println(causeOf(failed));
            System.exit(1);
        }
        Thread.currentThread().join();
    }

    private static Object started(Path home, Path properties) throws ReflectiveOperationException {
        Class<?> type = Class.forName(BUILDER);
        Object builder = type.getConstructor(Path.class).newInstance(home);
        type.getMethod("loadPropertiesFromFile", Path.class).invoke(builder, properties);
        return type.getMethod("build").invoke(builder);
    }

    /** Last in the log, where the parent looks: what went wrong, without the stack. */
    private static Throwable causeOf(Throwable failed) {
        return failed.getCause() == null ? failed : causeOf(failed.getCause());
    }

    private static void endWithTheParent() {
        try {
            while (System.in.read() >= 0) {
                continue;
            }
        } catch (java.io.IOException gone) {
            // A pipe that cannot be read is as good as closed.
        }
        System.exit(0);
    }

    private static void shutDown(Object service) {
        try {
            Class.forName(SERVICE).getMethod("shutdown").invoke(service);
        } catch (ReflectiveOperationException failed) {
            failed.printStackTrace();
        }
    }
}
