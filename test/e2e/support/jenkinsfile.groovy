// The stages of a declarative Jenkinsfile, as JSON, read by Jenkins' own Groovy: each call is noted with what it is given, and
// what stands in its braces is below it.
import groovy.json.JsonOutput

class Noted {
    String name
    List given = []
    List<Noted> below = []

    static List plain(Object[] arguments) {
        arguments.findAll { !(it instanceof Closure) }.collect { it instanceof Noted ? it.name : it instanceof CharSequence ? it.toString() : it }
    }

    def invokeMethod(String name, Object arguments) {
        def given = arguments as Object[]
        def call = new Noted(name: name, given: plain(given))
        below << call
        given.findAll { it instanceof Closure }.each { Closure body ->
            body.delegate = call
            body.resolveStrategy = Closure.DELEGATE_ONLY
            body.call()
        }
        return call
    }

    def getProperty(String name) {
        if (name in ['name', 'given', 'below']) return this.@"$name"
        return name in ['env', 'params'] ? [:].withDefault { null } : name
    }

    void setProperty(String name, Object value) {
        if (name in ['name', 'given', 'below']) { this.@"$name" = value; return }
        below << new Noted(name: name, given: plain([value] as Object[]))
    }
}

def data
data = { Noted noted -> [name: noted.name, given: noted.given, below: noted.below.collect(data)] }

def text = new String('DATA'.decodeBase64(), 'UTF-8')
def root = new Noted(name: 'file')
def binding = new Binding(pipeline: { Closure body -> root.invokeMethod('pipeline', [body] as Object[]) })
new GroovyShell(this.class.classLoader, binding).evaluate(text)
println JsonOutput.toJson(data(root))
null
