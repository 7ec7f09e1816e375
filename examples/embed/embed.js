/** Puts the three elements into this page; their scripts come from the Gridcast server. */
const state = document.querySelector('#state');

async function start() {
  const answer = await fetch('/visit');
  if (!answer.ok) throw new Error(await answer.text());
  const { server, room, token } = await answer.json();
  await Promise.all(['player', 'chat', 'room'].map((name) => import(`${server}/embed/${name}.js`)));

  const player = element('gridcast-player', { server, room, heading: 'Embedded', muted: '' });
  player.append(element('gridcast-viewer-chat', { server, room, slot: 'chat' }));
  document.querySelector('#viewers').append(player);

  const stay = element('gridcast-room', { server, room, token });
  stay.addEventListener('gridcast-joined', ({ detail }) => {
    state.textContent = `You are in the room ${detail.room}.`;
  });
  stay.addEventListener('gridcast-left', () => {
    state.textContent = 'You have left the room.';
  });
  document.querySelector('#participants').append(stay);
  state.textContent = 'Everything is there.';
}

/** An element with attributes. */
function element(name, attributes) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

start().catch((error) => {
  state.textContent = String(error.message);
});
