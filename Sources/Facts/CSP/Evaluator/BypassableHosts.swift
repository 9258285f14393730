/// Hosts from which anybody can have a script of their choice, so that allowing them allows every script.
///
/// Collected from public write-ups of policy bypasses and the services' own documentation; a host that is not here may
/// be as bad.
enum BypassableHosts {
    /// What an attacker uses.
    enum Means {
        /// An answer that calls a function named in the query (JSONP).
        case callback
        /// The same, but only where the page may call `eval`.
        case callbackWithEval
        /// AngularJS and other libraries that run code found in the page's markup.
        case library
        /// Files that anybody may publish there.
        case upload
    }

    /// With paths, only what begins with one of them; without, every path.
    private typealias Entry = (host: String, means: Means, paths: [String])

    /// Whether a source of scripts lets an attacker in.
    static func allows(_ source: SourceLocation, withEval: Bool) -> Bool {
        if hosts.contains(where: { entry in
            (withEval || entry.means != .callbackWithEval) && source.allows(host: entry.host, paths: entry.paths)
        }) {
            return true
        }
        // Of a place where every customer has a name, only the wildcard gives the others' files as well.
        return source.path.utf8.count <= 1 && hosting.contains { source.host == "*." + $0 }
    }

    /// Flash films with ActionScript that runs code from a parameter; no browser plays them any more.
    static func allowsObjects(_ source: SourceLocation) -> Bool {
        source.allows(host: "ajax.googleapis.com", paths: ["/ajax/libs/yui/"])
    }

    private static let hosts: [Entry] =
        libraries.map { ($0.0, .library, $0.1) } + uploads.map { ($0, .upload, []) }
        + callbacks.map { ($0.0, .callback, $0.1) } + callbacksWithEval.map { ($0, .callbackWithEval, []) }

    private static let libraries: [(String, [String])] = [
        ("ajax.googleapis.com", ["/ajax/libs/angularjs/", "/ajax/libs/prototype/", "/jsapi"]),
        ("cdn.bootcdn.net", ["/ajax/libs/angular.js/"]),
        ("cdn.bootcss.com", ["/angular.js/"]),
        ("cdn.jsdelivr.net", ["/angularjs/", "/npm/angular", "/gh/angular/"]),
        ("cdn.skypack.dev", []),
        ("cdn.staticfile.org", ["/angular.js/"]),
        ("cdnjs.cloudflare.com", ["/ajax/libs/angular.js/", "/ajax/libs/prototype/"]),
        ("code.angularjs.org", []),
        ("esm.run", []),
        ("esm.sh", []),
        ("fastly.jsdelivr.net", []),
        ("ga.jspm.io", []),
        ("gstatic.com", ["/fsn/"]),
        ("lib.baomitu.com", ["/angular.js/"]),
        ("unpkg.com", []),
        ("www.gstatic.com", ["/fsn/"]),
        ("www.googleadservices.com", ["/pageadimg/"]),
        ("yandex.st", ["/angularjs/"]),
        ("yastatic.net", ["/angularjs/"])
    ]

    private static let uploads = [
        "cdn.rawgit.com", "cdn.shopify.com", "firebasestorage.googleapis.com", "gist.githack.com", "gitcdn.xyz",
        "raw.githack.com", "raw.githubusercontent.com", "rawcdn.githack.com", "rawgit.com", "s3.amazonaws.com",
        "static.tumblr.com", "storage.googleapis.com", "storage.yandexcloud.net"
    ]

    private static let hosting = [
        "akamaihd.net", "amazonaws.com", "appspot.com", "azureedge.net", "azurewebsites.net", "blob.core.windows.net",
        "blogspot.com", "cloudfront.net", "cloudfunctions.net", "firebaseapp.com", "fly.dev", "github.io", "gitlab.io",
        "githubusercontent.com", "herokuapp.com", "netlify.app", "ngrok.io", "onrender.com", "pages.dev",
        "r2.dev", "rackcdn.com", "s3.amazonaws.com", "surge.sh", "vercel.app", "web.app", "workers.dev"
    ]

    private static let callbacks: [(String, [String])] = [
        ("accounts.google.com", ["/o/oauth2/revoke"]),
        ("an.yandex.ru", ["/page/"]),
        ("api.bing.com", []),
        ("api.facebook.com", []),
        ("api.flickr.com", ["/services/"]),
        ("api.github.com", []),
        ("api.instagram.com", ["/v1/"]),
        ("api.map.baidu.com", []),
        ("api.mixpanel.com", ["/track/"]),
        ("api.pinterest.com", []),
        ("api.stackexchange.com", []),
        ("api.twitter.com", ["/1/statuses/oembed.json"]),
        ("api.vk.com", ["/method/"]),
        ("app.link", []),
        ("a.tiles.mapbox.com", ["/v3/"]),
        ("books.google.com", ["/books"]),
        ("cdn.syndication.twimg.com", ["/widgets/"]),
        ("clients1.google.com", ["/complete/search"]),
        ("connect.mail.ru", ["/share_count"]),
        ("connect.ok.ru", []),
        ("cse.google.com", ["/api/"]),
        ("c.tiles.mapbox.com", ["/v3/"]),
        ("dev.virtualearth.net", ["/REST/"]),
        ("en.wikipedia.org", ["/w/api.php"]),
        ("fast.wistia.com", ["/embed/medias/"]),
        ("gist.github.com", []),
        ("googleads.g.doubleclick.net", ["/pagead/"]),
        ("graph.facebook.com", []),
        ("gum.criteo.com", ["/sync"]),
        ("ib.adnxs.com", ["/jpt"]),
        ("links.services.disqus.com", ["/api/"]),
        ("m.addthis.com", ["/live/"]),
        ("maps.google.com", ["/maps/vt"]),
        ("maps.googleapis.com", ["/maps/api/js/"]),
        ("mc.yandex.ru", ["/watch/"]),
        ("nominatim.openstreetmap.org", []),
        ("pagead2.googlesyndication.com", ["/relatedsearch"]),
        ("partner.googleadservices.com", ["/gampad/"]),
        ("query.yahooapis.com", ["/v1/public/yql"]),
        ("securepubads.g.doubleclick.net", ["/gampad/"]),
        ("suggest.taobao.com", ["/sug"]),
        ("syndication.twitter.com", ["/widgets/"]),
        ("translate.google.com", ["/translate_a/"]),
        ("translate.googleapis.com", ["/translate_a/"]),
        ("translate.yandex.net", ["/api/"]),
        ("vimeo.com", ["/api/oembed.json"]),
        ("widgets.pinterest.com", ["/v3/"]),
        ("www.bing.com", []),
        ("www.blogger.com", ["/feeds/"]),
        ("www.facebook.com", ["/restserver.php"]),
        ("www.google.com", ["/complete/search", "/recaptcha/about/js/", "/tools/feedback/"]),
        ("www.googleapis.com", ["/customsearch/"]),
        ("www.linkedin.com", ["/countserv/"]),
        ("www.reddit.com", []),
        ("www.youku.com", []),
        ("www.youtube.com", ["/oembed", "/profile_style"]),
        ("yandex.ru", ["/soft/", "/suggest/"])
    ]

    private static let callbacksWithEval = [
        "google-analytics.com", "googletagmanager.com", "ssl.google-analytics.com", "www.google-analytics.com",
        "www.googletagmanager.com"
    ]
}
