import type { FileSystemNode, FileSystemProvider, URI } from 'langium';

/** Files on disk are read from the disk, all others are asked of the client: a workspace may be on no disk, or partly. */
export class FilesByScheme implements FileSystemProvider {
  constructor(
    private readonly disk: FileSystemProvider,
    private readonly elsewhere: FileSystemProvider,
  ) {}

  stat(uri: URI): Promise<FileSystemNode> {
    return this.of(uri).stat(uri);
  }

  statSync(uri: URI): FileSystemNode {
    return this.of(uri).statSync(uri);
  }

  exists(uri: URI): Promise<boolean> {
    return this.of(uri).exists(uri);
  }

  existsSync(uri: URI): boolean {
    return this.of(uri).existsSync(uri);
  }

  readBinary(uri: URI): Promise<Uint8Array> {
    return this.of(uri).readBinary(uri);
  }

  readBinarySync(uri: URI): Uint8Array {
    return this.of(uri).readBinarySync(uri);
  }

  readFile(uri: URI): Promise<string> {
    return this.of(uri).readFile(uri);
  }

  readFileSync(uri: URI): string {
    return this.of(uri).readFileSync(uri);
  }

  readDirectory(uri: URI): Promise<FileSystemNode[]> {
    return this.of(uri).readDirectory(uri);
  }

  readDirectorySync(uri: URI): FileSystemNode[] {
    return this.of(uri).readDirectorySync(uri);
  }

  private of({ scheme }: URI): FileSystemProvider {
    return scheme === 'file' ? this.disk : this.elsewhere;
  }
}
