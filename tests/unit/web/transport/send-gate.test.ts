import { describe, expect, it } from 'vitest';
import { SendGate } from '../../../../web/transport/send-gate.ts';

/** Sends and acknowledges one frame after `rttMs`. */
function roundTrip(gate: SendGate, seq: number, atMs: number, rttMs: number): void {
  gate.sent(seq, 1000, atMs);
  gate.acked(seq, atMs + rttMs);
}

describe('SendGate', () => {
  it('is open at first and counts what is under way', () => {
    const gate = new SendGate(800_000);
    gate.sent(0, 1000, 0);
    gate.sent(1, 500, 33);
    expect(gate.isOpen(0)).toBe(true);
    expect(gate.inFlight).toBe(1500);
    gate.acked(1, 50);
    expect(gate.inFlight).toBe(0);
  });

  it('shuts when more than 96 KiB are not acknowledged at a low bit rate', () => {
    const gate = new SendGate(100_000);
    gate.sent(0, 96 * 1024, 0);
    expect(gate.isOpen(0)).toBe(true);
    gate.sent(1, 1, 1);
    expect(gate.isOpen(0)).toBe(false);
  });

  it('lets 0.4 s of a higher bit rate be under way', () => {
    const gate = new SendGate(8_000_000);
    gate.sent(0, 400_000, 0);
    expect(gate.isOpen(0)).toBe(true);
    gate.sent(1, 1, 1);
    expect(gate.isOpen(0)).toBe(false);
  });

  it('shuts when the socket itself holds back more than 64 KiB', () => {
    const gate = new SendGate(800_000);
    expect(gate.isOpen(64 * 1024)).toBe(true);
    expect(gate.isOpen(64 * 1024 + 1)).toBe(false);
  });

  it('shuts when frames queue for more than 150 ms and opens again below 50 ms', () => {
    const gate = new SendGate(800_000);
    roundTrip(gate, 0, 0, 20);
    gate.sent(1, 1000, 100);
    gate.sent(2, 1000, 110);
    gate.acked(1, 280);
    expect(gate.queueDelayMs).toBe(160);
    expect(gate.isOpen(0)).toBe(false);
    gate.sent(3, 1000, 290);
    gate.acked(2, 230);
    expect(gate.queueDelayMs).toBe(100);
    expect(gate.isOpen(0)).toBe(false);
    gate.sent(4, 1000, 300);
    gate.acked(3, 350);
    expect(gate.queueDelayMs).toBe(40);
    expect(gate.isOpen(0)).toBe(true);
  });

  it('opens when everything arrived, however long it took', () => {
    const gate = new SendGate(800_000);
    roundTrip(gate, 0, 0, 20);
    roundTrip(gate, 1, 100, 900);
    expect(gate.isOpen(0)).toBe(true);
  });

  it('takes a longer way for the normal one after ten seconds', () => {
    const gate = new SendGate(800_000);
    roundTrip(gate, 0, 0, 20);
    for (let seq = 1; seq <= 12; seq += 1) roundTrip(gate, seq, seq * 1000, 220);
    expect(gate.queueDelayMs).toBe(0);
  });

  it('understands sequence numbers that begin anew after 2^32', () => {
    const gate = new SendGate(800_000);
    gate.sent(2 ** 32 - 1, 1000, 0);
    gate.sent(0, 1000, 10);
    gate.acked(2 ** 32 - 1, 20);
    expect(gate.inFlight).toBe(1000);
    gate.acked(0, 30);
    expect(gate.inFlight).toBe(0);
  });

  it('forgets everything for a new connection', () => {
    const gate = new SendGate(100_000);
    gate.sent(0, 200_000, 0);
    gate.reset();
    expect(gate.inFlight).toBe(0);
    expect(gate.isOpen(0)).toBe(true);
  });
});
