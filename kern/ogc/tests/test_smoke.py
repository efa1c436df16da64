def test_smoke(city):
    for path in ("", "/", "/conformance", "/api", "/collections"):
        for f in ("json", "html"):
            r = city.get(path, f=f)
            assert r.status_code == 200, (path, f)
    for c in city.json("/collections")["collections"]:
        print(c["id"], c["extent"])
        r = city.items(c["id"], limit=2)
        print(r)
        assert city.get(f"/collections/{c['id']}/items", f="html").status_code == 200
        assert city.get(f"/collections/{c['id']}", f="html").status_code == 200
        if r["features"]:
            i = r["features"][0]["id"]
            print(city.json(f"/collections/{c['id']}/items/{i}"))
            assert city.get(f"/collections/{c['id']}/items/{i}", f="html").status_code == 200
        for v in ("geojson", "csv", "xlsx", "gpkg"):
            r = city.get(f"/collections/{c['id']}/bestand/{v}")
            assert r.status_code == 200
            b"".join(r.streaming_content)
