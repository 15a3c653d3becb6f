/** A second of silence, as a file that every provider plays: wav, 8 kHz, mono, 16 bits (RIFF WAVE, PCM). */
export function createSilence(): Buffer {
  const [rate, bytes] = [8_000, 2];
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + rate * bytes, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(rate, 24);
  header.writeUInt32LE(rate * bytes, 28);
  header.writeUInt16LE(bytes, 32);
  header.writeUInt16LE(8 * bytes, 34);
  header.write('data', 36);
  header.writeUInt32LE(rate * bytes, 40);
  return Buffer.concat([header, Buffer.alloc(rate * bytes)]);
}
