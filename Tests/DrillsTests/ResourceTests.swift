import Drills
import Testing

@Suite("A resource that a target allows")
struct ResourceTests {
    @Test(
        "covers what lies within it",
        arguments: [
            ("unit:shop-*.service", "unit:shop-web.service"),
            ("unit:shop-*.service", "unit:shop-*.service"),
            ("unit:shop-*.service", "unit:shop-w?b.service"),
            ("unit:shop-?.service", "unit:shop-?.service"),
            ("unit:*-*.service", "unit:a-b-c.service"),
            ("port:tcp/8080", "port:tcp/8080"), ("path:/srv/shop", "path:/srv/shop"),
            ("path:/srv/shop", "path:/srv/shop/settings/a"),
        ])
    func covers(allowed: String, touched: String) throws {
        #expect(try Resource(parsing: allowed).covers(Resource(parsing: touched)))
    }

    @Test(
        "does not cover what reaches further",
        arguments: [
            ("unit:shop-?.service", "unit:shop-*.service"),
            ("unit:shop-web.service", "unit:shop-*.service"),
            ("unit:shop-web.service", "unit:shop-web.socket"),
            ("unit:shop-*.service", "unit:other.service"),
            ("port:tcp/8080", "port:udp/8080"), ("port:tcp/8080", "path:/srv"),
            ("path:/srv/shop", "path:/srv"), ("path:/srv/shop", "path:/srv/shopping"),
        ])
    func doesNotCover(allowed: String, touched: String) throws {
        #expect(try !Resource(parsing: allowed).covers(Resource(parsing: touched)))
    }

    @Test(
        "may overlap with another one, unless it is certain that nothing lies within both",
        arguments: [
            ("unit:shop-*.service", "unit:*-api.service", true),
            ("unit:shop-?.service", "unit:shop-*.service", true),
            ("unit:shop-*.service", "unit:shop-web.service", true),
            ("unit:shop-*.service", "unit:db-*.service", false),
            ("unit:shop-*-a.service", "unit:shop-*-b.service", false),
            ("unit:shop-*.service", "unit:shop-*.socket", false),
            ("unit:shop-a.service", "unit:shop-b.service", false),
            ("path:/srv/shop", "path:/srv", true), ("path:/srv/shop", "path:/srv/shopping", false),
            ("port:tcp/8080", "port:tcp/8080", true), ("port:tcp/8080", "port:udp/8080", false),
            ("port:tcp/8080", "path:/srv", false),
        ])
    func mayOverlap(one: String, other: String, answer: Bool) throws {
        let (one, other) = (try Resource(parsing: one), try Resource(parsing: other))
        #expect(one.mayOverlap(other) == answer)
        #expect(other.mayOverlap(one) == answer)
    }
}

@Suite("A parameter")
struct ParameterTests {
    @Test(
        "that looks like a secret is known by its name",
        arguments: [
            "password", "DB_PASSWORD", "api-key", "apikey", "token", "client_secret", "keys",
        ])
    func looksSecret(name: String) {
        #expect(Parameter.looksSecret(name))
    }

    @Test("of a plain name may stand in the file", arguments: ["dependency", "add", "keyboard"])
    func looksPlain(name: String) throws {
        #expect(!Parameter.looksSecret(name))
        #expect(try Parameter(parsing: "\(name)=a=b").value == .literal("a=b"))
    }

    @Test("takes a secret from a credential")
    func readsCredential() throws {
        let parameter = try Parameter(parsing: "pager-token=@credential:pager")
        #expect(parameter.value == .credential("pager"))
        #expect(parameter.variable == "DRILL_PARAM_PAGER_TOKEN")
    }
}
