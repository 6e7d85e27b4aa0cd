/** Names that Windows takes for devices, with or without an extension. */
const devices = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/** Whether no file can have the name on Windows, whatever its extension is. */
export function isDeviceName(name: string): boolean {
  return devices.test(name);
}
