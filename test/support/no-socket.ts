import childProcess, { ChildProcess } from 'node:child_process';
import dgram from 'node:dgram';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';

/*
 * Runs before each file of the project `unit`: these tests open no socket and start no process, so that all of them
 * run within seconds. It replaces methods that every way to a socket or a process of Node's goes through.
 */

function refuse(): never {
  throw new Error(
    'A unit test opens no socket and starts no process. A file that has to is named *.socket.test.ts.',
  );
}

net.Socket.prototype.connect = refuse;
net.Server.prototype.listen = refuse;
dgram.Socket.prototype.bind = refuse;
Object.assign(ChildProcess.prototype, { spawn: refuse });
Object.assign(childProcess, { spawnSync: refuse, execFileSync: refuse, execSync: refuse });
syncBuiltinESMExports();
