import { TemplateSettings } from "../../schema/template";

type Platform = TemplateSettings["platform"];

/** The user that images of a platform usually have. */
export function usualUser(platform: Platform): string {
    return platform === "windows" || platform === "windows-ssh" ? "Administrator" : "ec2-user";
}

/** A user's home folder. */
export function homeFolder(platform: Platform, user: string): string {
    if (platform === "mac") return `/Users/${user}`;
    if (platform === "unix") return user === "root" ? `/${user}` : `/home/${user}`;
    return `C:\\Users\\${user}`;
}
