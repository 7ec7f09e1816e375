/** How files of archives are encrypted, for those who make them. */

/** Encrypts a file of a recording's archive in its place. */
export type Seal = (recording: string, path: string) => Promise<void>;
