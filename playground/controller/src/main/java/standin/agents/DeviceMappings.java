package standin.agents;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.BlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.EbsBlockDevice;

/**
 * The plugin's text for block devices: {@code /dev/sda1=SNAPSHOT:SIZE:DELETE:TYPE:IOPS:ENCRYPTED,…}, any of the parts empty;
 * {@code /dev/sdb=none} and {@code /dev/sdb=ephemeral0} as EC2 has them.
 */
final class DeviceMappings {
    private DeviceMappings() {}

    /** Null for no text: then nothing is sent. */
    static List<BlockDeviceMapping> parse(String text) {
        if (text == null) {
            return null;
        }
        List<BlockDeviceMapping> mappings = new ArrayList<>();
        for (String mapping : text.split(",")) {
            String[] parts = mapping.trim().split("=", 2);
            String target = parts.length < 2 ? "" : parts[1];
            BlockDeviceMapping.Builder device = BlockDeviceMapping.builder().deviceName(parts[0]);
            if (target.equals("none")) {
                device.noDevice("none");
            } else if (target.startsWith("ephemeral")) {
                device.virtualName(target);
            } else {
                device.ebs(volume(target.split(":")));
            }
            mappings.add(device.build());
        }
        return mappings;
    }

    private static EbsBlockDevice volume(String[] parts) {
        EbsBlockDevice.Builder volume = EbsBlockDevice.builder();
        if (has(parts, 0)) {
            volume.snapshotId(parts[0]);
        }
        if (has(parts, 1)) {
            volume.volumeSize(Integer.valueOf(parts[1]));
        }
        if (has(parts, 2)) {
            volume.deleteOnTermination(Boolean.valueOf(parts[2]));
        }
        if (has(parts, 3)) {
            volume.volumeType(parts[3]);
        }
        if (has(parts, 4)) {
            volume.iops(Integer.valueOf(parts[4]));
        }
        if (has(parts, 5)) {
            volume.encrypted(parts[5].equals("encrypted"));
        }
        return volume.build();
    }

    private static boolean has(String[] parts, int index) {
        return parts.length > index && !parts[index].isEmpty();
    }
}
