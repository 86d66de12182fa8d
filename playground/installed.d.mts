export function isInstalledAsLocked(project: string): boolean;
