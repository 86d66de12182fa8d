package standin.generation;

import static org.objectweb.asm.Opcodes.ACC_PUBLIC;
import static org.objectweb.asm.Opcodes.ACC_SUPER;
import static org.objectweb.asm.Opcodes.V17;

import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.GeneratorAdapter;
import org.objectweb.asm.commons.Method;
import standin.aws.CloudDescriptor;

/** Makes {@code EC2Cloud.DescriptorImpl}: what {@code Jenkins.getDescriptorByType} is asked for. */
final class DescriptorGenerator {
    private static final Method NO_ARGUMENTS = new Method("<init>", "()V");

    private DescriptorGenerator() {}

    /** @param described class name of the cloud */
    static byte[] generate(String described) {
        Type cloud = Type.getObjectType(described.replace('.', '/'));
        Type base = Type.getType(CloudDescriptor.class);
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        writer.visit(
                V17, ACC_PUBLIC | ACC_SUPER, cloud.getInternalName() + "$DescriptorImpl", null, base.getInternalName(), null);
        GeneratorAdapter code = new GeneratorAdapter(
                Opcodes.ASM9,
                writer.visitMethod(ACC_PUBLIC, NO_ARGUMENTS.getName(), NO_ARGUMENTS.getDescriptor(), null, null),
                ACC_PUBLIC, NO_ARGUMENTS.getName(), NO_ARGUMENTS.getDescriptor()) {};
        code.visitCode();
        code.loadThis();
        code.push(cloud);
        code.invokeConstructor(base, new Method("<init>", "(Ljava/lang/Class;)V"));
        code.returnValue();
        code.endMethod();
        writer.visitEnd();
        return writer.toByteArray();
    }
}
