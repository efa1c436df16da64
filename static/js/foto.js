// Makes large photos smaller before they are sent, which saves a phone its data. The form works the same without it.

(() => {
  const LONGEST = 2400;
  const HEAVY = 1.5 * 1024 * 1024;
  const input = document.querySelector('input[type="file"][name="fotos"]');
  if (!input || !window.createImageBitmap || !window.DataTransfer) return;

  const smaller = async (file) => {
    if (file.size < HEAVY || !["image/jpeg", "image/webp"].includes(file.type)) return file;
    try {
      const image = await createImageBitmap(file, { imageOrientation: "from-image" });
      const scale = Math.min(1, LONGEST / Math.max(image.width, image.height));
      const canvas = document.createElement("canvas");
      canvas.width = Math.round(image.width * scale);
      canvas.height = Math.round(image.height * scale);
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      image.close();
      const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.88));
      return blob && blob.size < file.size ? new File([blob], file.name, { type: "image/jpeg" }) : file;
    } catch {
      return file;
    }
  };

  const shrink = async () => {
    const files = [...input.files];
    const made = await Promise.all(files.map(smaller));
    if (made.every((file, place) => file === files[place]) || [...input.files].some((file, i) => file !== files[i])) return;
    const transfer = new DataTransfer();
    made.forEach((file) => transfer.items.add(file));
    input.files = transfer.files;
  };

  input.addEventListener("change", shrink);
  shrink(); // what was chosen before this file had come in, or kept by the browser
})();
