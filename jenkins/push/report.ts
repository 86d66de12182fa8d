/** Takes a line of progress for a person. Lines never hold secrets: the receiver redacts them. */
export type Report = (line: string) => void;
