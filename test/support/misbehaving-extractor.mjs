// A stand-in for the extractor's child: the document says how it fails, else comes back as its text. It also sends an answer to nothing.
process.on('message', ({ id, bytes }) => {
  const text = Buffer.from(bytes).toString();
  const hoard = [];
  process.send({ id: id - 1, reading: { ok: true, pieces: ['late'], complete: true } });
  if (text === 'hang') for (;;);
  if (text === 'exit') process.exit(3);
  if (text === 'memory') for (;;) hoard.push(Array.from({ length: 100_000 }, (_, index) => ({ index })));
  process.send({ id, reading: { ok: true, pieces: [text], complete: true } });
});
process.on('disconnect', () => process.exit(0));
