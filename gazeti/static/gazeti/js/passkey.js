// Passkeys and security keys (WebAuthn level 2): a form marked data-passkey sends what the browser's key answers.
// "create" makes a key, "prove" answers with one of a known person, "login" with one that says who it is.

const toBytes = (text) => {
  const padded = text.replace(/-/g, "+").replace(/_/g, "/");
  return Uint8Array.from(atob(padded), (letter) => letter.charCodeAt(0));
};
const toText = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

const known = (keys = []) => keys.map((key) => ({ ...key, id: toBytes(key.id) }));

const readOptions = ({ publicKey }) => ({
  publicKey: {
    ...publicKey,
    challenge: toBytes(publicKey.challenge),
    ...(publicKey.user && { user: { ...publicKey.user, id: toBytes(publicKey.user.id) } }),
    ...(publicKey.excludeCredentials && { excludeCredentials: known(publicKey.excludeCredentials) }),
    ...(publicKey.allowCredentials && { allowCredentials: known(publicKey.allowCredentials) }),
  },
});

const written = (credential) => {
  const parts = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  const response = {};
  for (const part of parts) if (credential.response[part]) response[part] = toText(credential.response[part]);
  if (credential.response.getTransports) response.transports = credential.response.getTransports();
  return {
    type: credential.type,
    id: credential.id,
    rawId: toText(credential.rawId),
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response,
  };
};

const askedFor = async (form) => {
  if (form.dataset.options) return JSON.parse(document.getElementById(form.dataset.options).textContent);
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  return answer.json();
};

const made = async (form) => {
  const data = await askedFor(form);
  if (form.dataset.passkey !== "create") return navigator.credentials.get(readOptions(data.request_options));
  const options = readOptions(data.creation_options);
  const alone = form.elements.passwordless?.checked;
  options.publicKey.authenticatorSelection = {
    ...options.publicKey.authenticatorSelection,
    residentKey: alone ? "required" : "discouraged",
    requireResidentKey: Boolean(alone),
    ...(alone && { userVerification: "required" }),
  };
  return navigator.credentials.create(options);
};

const send = async (form) => {
  const alert = form.querySelector("[role=alert]");
  alert.hidden = true;
  try {
    form.elements.credential.value = JSON.stringify(written(await made(form)));
    HTMLFormElement.prototype.submit.call(form);
  } catch {
    alert.textContent = form.dataset.failed;
    alert.hidden = false;
  }
};

for (const form of document.querySelectorAll("[data-passkey]")) {
  if (!window.PublicKeyCredential) continue;
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(form);
  });
}
